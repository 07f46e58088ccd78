"""The optional web side: small, and no core action needs it (extra ``web``).

``uvicorn --factory service.web:application`` serves it with the settings of the worker.
"""

from service.web.health import application

__all__ = ["application"]
