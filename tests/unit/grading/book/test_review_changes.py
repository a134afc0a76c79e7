"""What changed since is all that is read, and gives what reading everything gives; on both databases."""

from grading.book import history, review_changes, reviews
from grading.book.review_changes import Reviews
from grading.book.reviews import ACCEPTED, FIRST, SECOND


def save(book, number, look=FIRST, expected=0, group="g001"):
    with book.writing() as db:
        return reviews.save(
            db,
            group,
            f"{number:064x}"[::-1],
            row_id="r",
            content="c" * 64,
            state=ACCEPTED,
            label=None,
            comment=str(expected),
            who="ada",
            expected=expected,
            look=look,
        )


def read(book, before):
    with book.reading() as db:
        whole = Reviews(
            max((one.id for one in history.entries(db)), default=0),
            reviews.all_reviews(db, FIRST),
            reviews.all_reviews(db, SECOND),
        )
        found = review_changes.now(db, before)
    assert found == whole
    return found


def test_every_kind_of_change_is_seen(book):
    known = read(book, Reviews())
    save(book, 1)
    save(book, 1, look=SECOND)
    known = read(book, known)
    assert read(book, known) is known
    save(book, 1, expected=1)
    save(book, 2, group="g002")
    known = read(book, known)
    with book.writing() as db:
        history.append(db, who="ada", what="import")
    known = read(book, known)
    for number in range(3, 3 + review_changes.MOST + 5):
        save(book, number)
    known = read(book, known)
    assert known.last > 50
    assert read(book, Reviews(last=known.last + 9)) == known  # of another book
