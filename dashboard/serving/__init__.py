"""Who may open the dashboard, and the server that shows it."""
