"""What Streamlit runs for every look at a page.

It does not stand beside `pages/`: Streamlit would take that folder's modules for pages of its own.
"""

from dashboard import app

app.main()
