"""What every test is given: switchboards of its own."""

import pytest

from gateway import Gateway


@pytest.fixture
def make_gateway(tmp_path):
    """Makes gateways with settings of their own; all are ended with the test."""
    made = []

    def make(**options):
        folder = tmp_path / f"gateway-{len(made)}"
        folder.mkdir()
        gateway = Gateway(folder, **options).start()
        made.append(gateway)
        gateway.add_users()
        return gateway

    yield make
    for gateway in made:
        gateway.stop()


@pytest.fixture
def gateway(make_gateway):
    return make_gateway()
