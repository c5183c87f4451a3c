# TORCH_INDEX: one more package index. With the one for the CPU-only torch the image is several gigabytes smaller.
FROM python:3.11-slim AS build
ARG TORCH_INDEX=""
COPY requirements.lock .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        ${TORCH_INDEX:+--extra-index-url "$TORCH_INDEX"} -r requirements.lock

FROM python:3.11-slim
RUN useradd --uid 10001 --create-home playground
COPY --from=build /opt/venv /opt/venv
WORKDIR /srv/playground
# The files belong to root: what serves them cannot change them.
COPY app app
COPY static static
COPY templates templates
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
RUN python -m compileall -q app && mkdir data && chown playground data
USER playground
# The list of fonts, which pictures need and which would otherwise be made at each start.
RUN python -c "import matplotlib.font_manager"
# What has a short link.
VOLUME /srv/playground/data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["python", "-m", "app", "serve", "--host", "0.0.0.0", "--port", "8000"]
