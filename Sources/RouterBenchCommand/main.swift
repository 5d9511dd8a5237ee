print("routerbench")
