"""Lets PyTorch's Linux wheels run without CUDA.

The wheel that a package index has for Linux is the CUDA build. What computes on the processor is complete
in it, but the dynamic linker does not load it before it has found NVIDIA's libraries, gigabytes of them.
This puts one small library in their place, next to PyTorch's own. Each of its functions returns
``cudaErrorNoDevice``, so PyTorch finds no GPU. If the real libraries are there as well, the linker takes
those; a build without CUDA is left as it is.

``python -m no_cuda`` does it to the PyTorch of the Python that runs it.
"""
