"""The network: its shape, its Brevitas form, its float twin, and the files it starts from."""
