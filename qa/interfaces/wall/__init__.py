"""What a request passes before anybody reads it: names, rates, sizes, origins, login."""
