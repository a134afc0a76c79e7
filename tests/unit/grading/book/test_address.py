"""Which database is meant; what is secret in its address is never said."""

import pytest

from grading.book.address import address, scrubbed, shown
from quality.errors import ConfigError

SECRET = "s3cr3t-hunter2"


def test_without_an_address_it_is_a_file_in_the_course_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert shown(address(tmp_path, None)) == str(tmp_path / "grading.db")
    monkeypatch.setenv("DATABASE_URL", "")
    assert shown(address(tmp_path, None)) == str(tmp_path / "grading.db")


def test_the_environment_names_another(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ada:{SECRET}@db.x.edu:5433/cs412")
    url = address(tmp_path, None)
    assert (url.drivername, url.password) == ("postgresql+psycopg", SECRET)
    assert shown(url) == "postgresql://db.x.edu:5433/cs412"
    assert address(tmp_path, "").drivername == "sqlite"  # what the caller says wins


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_all_ways_to_write_postgresql(tmp_path, scheme):
    assert address(tmp_path, f"{scheme}://x/y").drivername == "postgresql+psycopg"


def test_an_sqlite_file_elsewhere(tmp_path):
    assert shown(address(tmp_path, "sqlite:///other.db")) == str(tmp_path / "other.db")
    assert shown(address(tmp_path, f"sqlite:///{tmp_path}/x/other.db")) == f"{tmp_path}/x/other.db"


@pytest.mark.parametrize(
    "url",
    [
        f"mysql://ada:{SECRET}@x/y",
        f"postgresql+asyncpg://ada:{SECRET}@x/y",
        f"postgresql://ada:{SECRET}@x:port/y",
        f"//ada:{SECRET}@x",
        SECRET,
        "sqlite://",
        "sqlite:///:memory:",
    ],
)
def test_what_is_no_address_of_ours_is_refused_and_not_quoted(tmp_path, url):
    with pytest.raises(ConfigError) as caught:
        address(tmp_path, url)
    assert SECRET not in str(caught.value)
    assert "postgresql://USER:PASSWORD@HOST/DATABASE" in str(caught.value)


@pytest.mark.parametrize("password", ["s3cr3t@hunter2", "s3cr3t@hun/ter2", "a@s3cr3t-hunter2"])
def test_a_password_that_is_not_encoded_is_refused_and_not_quoted(tmp_path, password):
    with pytest.raises(ConfigError, match="%40") as caught:
        address(tmp_path, f"postgresql://ada:{password}@x/y")
    assert "s3cr3t" not in str(caught.value)
    assert "ter2" not in str(caught.value)


def test_passwords_are_taken_out_of_what_the_driver_says(tmp_path):
    for url in (f"postgresql://ada:{SECRET}@x/y", f"postgresql://x/y?password={SECRET}"):
        assert scrubbed(f"bad password {SECRET}!", address(tmp_path, url)) == "bad password ***!"
