"""One hand-in, hostile until shown otherwise: unpacked with caps, its three files looked at, nothing executed."""
