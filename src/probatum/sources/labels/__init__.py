"""Drug labels and approvals: SPL XML, openFDA and Drugs@FDA JSON."""
