"""The files in ``deploy`` fit the endpoint."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import Any, Callable

import pytest
from starlette.testclient import TestClient

from streamscope_endpoint.cli import _parser, _settings
from streamscope_endpoint.errors import SetupError
from streamscope_endpoint.settings import Settings

yaml = pytest.importorskip("yaml")

DEPLOY = Path(__file__).parents[1] / "deploy"


def read(name: str) -> Any:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def test_the_pod_listens_where_it_is_probed(client: Callable[..., TestClient]) -> None:
    manifest = read("kserve.yaml")
    assert (manifest["apiVersion"], manifest["kind"]) == ("serving.kserve.io/v1beta1", "InferenceService")
    (container,) = manifest["spec"]["predictor"]["containers"]
    options = _parser().parse_args(container["args"])
    assert (options.backend, options.host) == ("pynq", "0.0.0.0")
    assert [(port["name"], port["containerPort"]) for port in container["ports"]] == [("http1", options.port)]
    # Probes carry no token.
    endpoint = client(token="secret")
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        get = container[probe]["httpGet"]
        assert get["port"] == options.port
        assert endpoint.get(get["path"]).status_code == 200


def test_the_pod_finds_its_token_and_gets_one_card(tmp_path: Path) -> None:
    predictor = read("kserve.yaml")["spec"]["predictor"]
    (container,) = predictor["containers"]
    options = _parser().parse_args(
        [argument.replace("PAGE", "page.example") for argument in container["args"]]
    )
    (mount,) = container["volumeMounts"]
    (volume,) = predictor["volumes"]
    assert mount["name"] == volume["name"]
    assert options.token_file == f"{mount['mountPath']}/token"
    limits = container["resources"]["limits"]
    assert [count for name, count in limits.items() if "xilinx" in name] == ["1"]
    assert predictor["deploymentStrategy"] == {"type": "Recreate"}
    options.token_file = str(tmp_path / "token")
    Path(options.token_file).write_text("secret\n", encoding="utf-8")
    assert _settings(options).token == "secret"


def test_the_guides_proxies_let_through_what_the_endpoint_takes_and_that_is_a_full_batch() -> None:
    guide = (DEPLOY.parents[1] / "docs/endpoint.md").read_text(encoding="utf-8")
    plain = Settings()
    (nginx,) = re.findall(r"client_max_body_size (\d+)m;", guide)
    (caddy,) = re.findall(r"max_size (\d+)MiB\n", guide)
    assert int(nginx) * 2**20 == int(caddy) * 2**20 == plain.max_request_bytes
    assert plain.max_batch * 224 * 224 * 3 + plain.max_json_bytes // 2 < plain.max_request_bytes


@pytest.mark.filterwarnings("ignore")
def test_ray_serve_takes_its_file(tmp_path: Path) -> None:
    pytest.importorskip("ray", reason="Ray is not installed: pip install -e '.[ray]'")
    (application,) = read("ray_serve.yaml")["applications"]
    module, name = application["import_path"].split(":")
    build = getattr(import_module(module), name)
    token = tmp_path / "token"
    token.write_text("secret\n", encoding="utf-8")
    assert build({**application["args"], "token_file": str(token)}) is not None
    with pytest.raises(SetupError, match="no such option: device, speed"):
        build({"speed": 11, "device": 0})
    with pytest.raises(SetupError, match="cannot be read"):
        build({"token_file": str(tmp_path / "nowhere")})
