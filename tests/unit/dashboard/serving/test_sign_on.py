import pytest

from dashboard.serving import sign_on
from dashboard.serving.address import Address
from quality.errors import ConfigError

ADDRESS = Address("127.0.0.1", 8501, ("grades.uni.example",), tls=True)
GOOD = {
    "redirect_uri": "https://grades.uni.example/oauth2callback",
    "cookie_secret": "0123456789abcdef0123456789abcdef",
    "client_id": "proofgate",
    "client_secret": "secret",
    "server_metadata_url": "https://login.uni.example/.well-known/openid-configuration",
}
ALLOW = 'allow = ["Ada@Uni.example", "@staff.uni.example"]'


def write(folder, allow=ALLOW, **changed):
    lines = [f'{key} = "{value}"' for key, value in {**GOOD, **changed}.items() if value is not None]
    path = folder / "secrets.toml"
    path.write_text("\n".join(["[auth]", *lines, "[proofgate]", allow]))
    return path


def test_a_whole_file_says_who_may_come_in(tmp_path):
    found = sign_on.read(write(tmp_path), ADDRESS)
    assert found.allowed == ("ada@uni.example", "@staff.uni.example")


@pytest.mark.parametrize(
    ("allow", "changed", "says"),
    [
        ("", {}, "too many"),
        ("allow = []", {}, "too many"),
        ('allow = ["*"]', {}, "too many"),
        ('allow = ["@"]', {}, "too many"),
        ('allow = ["ada@uni.example", 3]', {}, "too many"),
        ('allow = "ada@uni.example"', {}, "too many"),
        (ALLOW, {"client_id": None}, "client_id"),
        (ALLOW, {"cookie_secret": "short"}, "cookie_secret"),
        (ALLOW, {"redirect_uri": "https://evil.example/oauth2callback"}, "redirect_uri"),
        (ALLOW, {"redirect_uri": "https://grades.uni.example/"}, "redirect_uri"),
        ("allow = [", {}, "no TOML"),
    ],
)
def test_what_would_let_others_in_or_nobody_is_refused(tmp_path, allow, changed, says):
    with pytest.raises(ConfigError, match=says):
        sign_on.read(write(tmp_path, allow, **changed), ADDRESS)
