"""Who signs in and how: password, second factor, and the sign-in of an organisation."""
