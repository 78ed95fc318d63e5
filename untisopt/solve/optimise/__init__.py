"""The search for a better plan: chains first, CP-SAT second, and plans mended where the search knew too little."""
