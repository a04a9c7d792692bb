"""Whether a text supports a claim, contradicts it, or says too little: the optional check."""
