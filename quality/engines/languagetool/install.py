"""Gets LanguageTool from Maven Central: `python -m quality.engines.languagetool.install en de fr`.

Needs Java and Maven. The jars go into proofgate's own data folder, laid out as language-tool-python finds them, with
the languages named and nothing else; what was there before stays until the new folder is whole.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from quality.engines.languagetool import places
from quality.errors import EngineUnavailable

POM = Path(__file__).with_name("pom.xml")
_SPACE = {"m": "http://maven.apache.org/POM/4.0.0"}


def known_languages() -> tuple[str, ...]:
    """Codes of the languages that can be had."""
    profiles = ElementTree.parse(POM).findall("m:profiles/m:profile/m:id", _SPACE)  # noqa: S314 - our own file
    return tuple(str(profile.text) for profile in profiles)


def install(languages: Sequence[str], into: Path) -> Path:
    """The folder with the jars, made anew.

    Raises:
        EngineUnavailable: A language is not known, Maven is missing, or it fails.
    """
    unknown = [language for language in languages if language not in known_languages()]
    if unknown:
        raise EngineUnavailable(
            f"LanguageTool has no language {', '.join(unknown)}",
            remedy=f"known: {', '.join(known_languages())}",
        )
    into.mkdir(parents=True, exist_ok=True)
    target = into / f"LanguageTool-{places.VERSION}"
    with tempfile.TemporaryDirectory(prefix=".languagetool-", dir=into) as fresh:
        built = Path(fresh, target.name)
        _maven(languages, built)
        if target.exists():
            target.rename(Path(fresh, "before"))
        built.rename(target)
    return target


def _maven(languages: Sequence[str], folder: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise EngineUnavailable("Maven is not here", remedy="install it (Debian: apt-get install maven)")
    # a copy, so that Maven writes nothing beside our source
    pom = shutil.copy(POM, folder.parent)
    command = [maven, "-B", "-q", "-f", pom, "-P", ",".join(languages), f"-Dfolder={folder}", "package"]
    done = subprocess.run(command, stdin=subprocess.DEVNULL, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise EngineUnavailable(
            f"Maven ended with exit code {done.returncode}; its message is above",
            remedy="see whether this machine reaches Maven Central, and run it again",
        )


def main() -> None:
    """Installs the languages named, English if none is."""
    try:
        print(install(sys.argv[1:] or ["en"], places.own_folder()))  # noqa: T201
    except EngineUnavailable as error:
        sys.exit(f"error: {error}")


if __name__ == "__main__":
    main()
