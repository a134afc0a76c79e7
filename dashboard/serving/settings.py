"""Streamlit's settings, all from here: no file and no variable beside the data changes how the dashboard behaves."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

from dashboard.serving.address import Address

FIXED: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.disableDataExport": True,  # its CSV keeps formulas; ours does not
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,  # they search the web for the message
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "logger.hideWelcomeMessage": True,
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "server.enableCORS": True,  # that is: no other origin is allowed
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.maxUploadSize": 5,
    "server.runOnSave": False,
    "server.scriptHealthCheckEnabled": False,
    "server.xsrfCookieSameSite": "strict",
}


def apply(address: Address, secrets: Path | None) -> None:
    """Sets them for this process; comes before anything of Streamlit is asked.

    Args:
        secrets: The file for its log-in; None: it has none.
    """
    from streamlit import config

    library: Any = config
    # its own way to the settings reads ~/.streamlit and .streamlit of the working directory, where hand-ins may lie
    library._config_options = copy.deepcopy(library._config_options_template)
    given = {
        **FIXED,
        "server.address": address.host,
        "server.port": address.port,
        "secrets.files": [] if secrets is None else [str(secrets)],
    }
    for name, value in given.items():
        config.set_option(name, value)
