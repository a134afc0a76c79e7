"""The grade book: hand-ins → submissions → scores, collusion, consensus → LMS files and feedback."""
