import pytest

from dashboard.serving import address
from quality.errors import ConfigError


@pytest.mark.parametrize("named", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "127.0.0.2:0"])
def test_this_machine_needs_no_names(named):
    host, port = address.listen(named, 0, [], False)
    assert host in ("127.0.0.1", "::1", "127.0.0.2")
    assert port in (8501, 0)


@pytest.mark.parametrize("named", ["0.0.0.0:8501", "[::]:8501", "192.168.1.7:8501", "my-laptop:8501"])
def test_beyond_it_needs_a_proxy_with_tls_and_its_names(named):
    with pytest.raises(ConfigError, match="without encryption"):
        address.listen(named, 0, [], False)
    assert address.listen(named, 0, ["grades.uni.example"], True)[1] == 8501


@pytest.mark.parametrize(
    "named", ["8501", ":8501", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:65536", "127.0.0.1:٨"]
)
def test_what_is_no_address_is_refused(named):
    with pytest.raises(ConfigError, match="no HOST:PORT"):
        address.listen(named, 0, [], False)


@pytest.mark.parametrize("host", ["*", "a b", "https://a", "a/b", "", "-a", "a:b", "münchen.example"])
def test_what_is_no_host_name_is_refused(host):
    with pytest.raises(ConfigError, match="no host name"):
        address.listen(None, 0, [host], True)


def test_browsers_may_name_loopback_with_the_port_alone_or_the_proxys_names_alone():
    with address.bound("127.0.0.1", 0) as one:
        plain = address.address(one, [], False)
        port = one.getsockname()[1]
        assert plain.hosts == (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")
        assert plain.url == f"http://127.0.0.1:{port}"
        behind = address.address(one, ["Grades.Uni.Example"], True)
        assert behind.hosts == ("grades.uni.example", "grades.uni.example:443")
        assert behind.url == "https://grades.uni.example"
        with pytest.raises(ConfigError, match="another program uses the port"):
            address.bound("127.0.0.1", port)
