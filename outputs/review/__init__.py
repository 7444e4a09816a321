"""Reading back the workbooks that inspectors have filled in."""
