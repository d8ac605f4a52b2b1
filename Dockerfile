# Two stages: the first builds the environment, the second carries only what runs.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/portal/venv
COPY requirements.txt requirements.txt
RUN /opt/portal/venv/bin/pip install -r requirements.txt

FROM python:3.12-slim
ENV PATH=/opt/portal/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 \
    VAR_DIR=/var/lib/portal STATIC_ROOT=/opt/portal/static
# Open to be read: nginx sends static files and uploads from it as another user.
RUN useradd --system --uid 10001 --no-create-home --home-dir /var/lib/portal portal \
    && install --directory --owner portal --group portal --mode 755 /var/lib/portal
COPY --from=build /opt/portal/venv /opt/portal/venv
WORKDIR /opt/portal/app
COPY . .
RUN SECRET_KEY=build VAR_DIR=/opt/portal/build python manage.py compile_translations \
    && SECRET_KEY=build VAR_DIR=/opt/portal/build python manage.py collectstatic --no-input --verbosity 0 \
    && rm -rf /opt/portal/build
USER portal
VOLUME /var/lib/portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=40s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen(r.Request('http://127.0.0.1:8000/healthz', headers={'Host': 'localhost'}), timeout=4)"]
CMD ["gunicorn", "--config", "python:portal.gunicorn", "--bind", "0.0.0.0:8000", "portal.wsgi"]
