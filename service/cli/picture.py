"""Pictures of mails, as a browser shows their HTML."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from service.cli.chromium import Chromium
from service.cli.png import indexed_png

_AWAIT_PICTURES = "Promise.allSettled([...document.images].map(image => image.decode()))"
_READ_PIXELS = """
(async () => {
  const picture = await createImageBitmap(await (await fetch("data:image/png;base64,%s")).blob());
  const canvas = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  canvas.drawImage(picture, 0, 0);
  const reader = new FileReader();
  reader.readAsDataURL(new Blob([canvas.getImageData(0, 0, picture.width, picture.height).data]));
  await new Promise(done => reader.onload = done);
  return reader.result.split(",")[1];
})()
"""


@dataclass(frozen=True, slots=True)
class Screen:
    """What the mail is read on: ``width`` in CSS pixels, dark or light."""

    width: int = 680
    dark: bool = False


def take_picture(chromium: Chromium, html: str, screen: Screen) -> bytes:
    """``html`` on ``screen`` from its first line to its last, as a PNG."""
    target = chromium.call("Target.createTarget", url="about:blank")["targetId"]
    page = chromium.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    _set_up(chromium, page, screen)
    _show(chromium, page, html)
    height = chromium.call("Page.getLayoutMetrics", page)["cssContentSize"]["height"]
    clip = {"x": 0, "y": 0, "width": screen.width, "height": height, "scale": 1}
    shot = chromium.call("Page.captureScreenshot", page, captureBeyondViewport=True, clip=clip)["data"]
    pixels = _evaluate(chromium, page, _READ_PIXELS % shot)["value"]
    chromium.call("Target.closeTarget", targetId=target)
    return indexed_png(screen.width, b64decode(pixels))


def _set_up(chromium: Chromium, page: str, screen: Screen) -> None:
    size = {"width": screen.width, "height": 1, "deviceScaleFactor": 1, "mobile": False}
    chromium.call("Emulation.setDeviceMetricsOverride", page, **size)
    palette = {"name": "prefers-color-scheme", "value": "dark" if screen.dark else "light"}
    chromium.call("Emulation.setEmulatedMedia", page, features=[palette])


def _show(chromium: Chromium, page: str, html: str) -> None:
    frame = chromium.call("Page.getFrameTree", page)["frameTree"]["frame"]["id"]
    chromium.call("Page.setDocumentContent", page, frameId=frame, html=html)
    _evaluate(chromium, page, _AWAIT_PICTURES)


def _evaluate(chromium: Chromium, page: str, script: str) -> Any:
    result = chromium.call("Runtime.evaluate", page, expression=script, awaitPromise=True, returnByValue=True)
    return result["result"]
