"""The hooks of ``sys.set_asyncgen_hooks()``: a first iteration, and a generator that is about to be collected."""
