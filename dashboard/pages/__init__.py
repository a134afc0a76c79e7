"""One file a page. A page asks `Site`, shows, and saves what a person decides; it works out nothing itself."""
