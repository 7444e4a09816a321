"""The audit core: from an inbox to the record of a whole run, without Prefect and without Excel."""
