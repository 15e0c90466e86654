visudo --check --quiet || visudo --check
