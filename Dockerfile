FROM python:3.13-slim
WORKDIR /srv/commonthread
RUN useradd --system --home-dir /srv/commonthread commonthread && chown commonthread /srv/commonthread

COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock

COPY pyproject.toml README.md build/
COPY service build/service
COPY templates build/templates
RUN pip install --no-cache-dir --no-deps --no-build-isolation ./build && rm -r build

USER commonthread
ENTRYPOINT ["commonthread"]
CMD ["worker"]
