"""The scenes, by kind; importing a module registers what it paints."""
