# METADATA
# title: Sandboxes with moving tags
# description: Containers of sandbox templates whose image may be another one tomorrow.
# scope: package
# custom:
#   kinds: [extensions.agents.x-k8s.io/SandboxTemplate]
#   parameters: [floatingImageTags]
package armo_builtins

import data.holdfast.lib.image_name
import data.holdfast.lib.sandbox_template
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some [obj, _, path, container] in sandbox_template.containers
	is_string(container.image)
	container.image != ""
	not image_name.digest(container.image)
	moves(container.image)
	finding := {
		"alertMessage": sprintf("%s takes an image whose tag may move", [workload.container_label(obj, container)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"failedPaths": [sprintf("%s.image", [path])],
		"noFix": "Which version was tested can't be seen here: name its tag, or better its digest (image@sha256:...).",
	}
}

# Without a tag, latest is meant.
moves(image) if not image_name.tag(image)

moves(image) if image_name.tag(image) == "latest"

moves(image) if image_name.tag(image) in data.postureControlInputs.floatingImageTags
