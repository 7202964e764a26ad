"""One search over moments, people and listings. It puts together what the domains below find and
decides nothing about who may see what; it counts nothing, since a number would tell of what is
hidden."""
