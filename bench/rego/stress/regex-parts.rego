# Image names split into their parts, and lines with their numbers blotted out.
package stress

images := [parts |
	some image in input.images
	[[_, host, path, tag]] := regex.find_all_string_submatch_n(`^([a-z0-9.-]+(?::\d+)?)/([a-z0-9/._-]+):([\w.-]+)$`, image, 1)
	parts := {"host": host, "path": path, "tag": tag}
]

blotted := [regex.replace(line, `\d+`, "#") | some line in input.lines]

words := [count(regex.split(`[\s,;]+`, line)) | some line in input.lines]

result := {"images": images, "blotted": blotted, "words": words}
