"""What a run leaves behind: ``findings.json`` and the Excel audit workbook. Nothing here judges a report."""
