"""The hooks of ``sys.set_asyncgen_hooks()``: one for a first iteration, one for a generator about to be collected."""
