"""The demo town: its pictures (`art`), its people and their days (`town`), and who plays them."""
