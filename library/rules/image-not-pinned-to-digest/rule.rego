# METADATA
# title: Images by tag alone
# description: Containers whose image is not named by its digest, so that another image may take its name.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
#   parameters: [imageDigestExemptRepositories]
package armo_builtins

import data.holdfast.lib.image_name
import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	image := container.image
	is_string(image)
	image != ""
	not pinned(image)
	not exempt(image)
	finding := {
		"alertMessage": sprintf("%s runs %v, which no digest pins", [workload.container_label(obj, container), image]),
		"alertObject": {"k8sApiObjects": [obj]},
		"reviewPaths": [sprintf("%s.image", [workload.container_path(obj, list, i)])],
		"noFix": workload.advice(list, "The digest stands in the registry, not in the manifest: crane digest or docker buildx imagetools inspect print it."),
	}
}

exempt(image) if image_name.from_any(image, data.postureControlInputs.imageDigestExemptRepositories)

pinned(image) if {
	[algorithm, encoded] := split(image_name.digest(image), ":")
	well_formed(algorithm, encoded)
}

# https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests
well_formed(algorithm, encoded) if regex.match({"sha256": `^[a-f0-9]{64}$`, "sha384": `^[a-f0-9]{96}$`, "sha512": `^[a-f0-9]{128}$`, "blake3": `^[a-f0-9]{64}$`}[algorithm], encoded)

well_formed(algorithm, encoded) if {
	not algorithm in {"sha256", "sha384", "sha512", "blake3"}
	regex.match(`^[a-z0-9]+([+._-][a-z0-9]+)*$`, algorithm)
	regex.match(`^[a-zA-Z0-9=_-]+$`, encoded)
}
