# METADATA
# title: Mounted objects
# description: Where the containers of a pod mount a Secret, a ConfigMap or a PersistentVolumeClaim.
package holdfast.lib.mounted_object

import data.holdfast.lib.named_object
import data.holdfast.lib.workload
import rego.v1

# {"path": the mount, "container": the container, "object": what it mounts}, one for each mount of an object of the kind
# that was read. What a pod names exists in its own namespace only.
mounts(obj, kind) := [found |
	spec := workload.pod_spec(obj)
	names := [[volume.name, name] | some volume in spec.volumes; some name in sources(volume, kind)]
	some pair in names # None, mostly: then that is all.
	some list in workload.container_lists
	some i, container in spec[list]
	some field in ["volumeMounts", "volumeDevices"]
	some j, mount in container[field]
	pair[0] == mount.name
	some mounted in named_object.objects(kind, workload.namespace(obj), pair[1])
	found := {
		"path": sprintf("%s.%s[%d]", [workload.container_path(obj, list, i), field, j]),
		"container": container,
		"object": mounted,
	}
]

# The names of the objects that a volume takes its content from, by itself or among several sources.
sources(volume, "Secret") := array.concat(
	[name | name := volume.secret.secretName],
	[name | some source in volume.projected.sources; name := source.secret.name],
)

# Every pod is given the cluster's own certificates in kube-root-ca.crt.
sources(volume, "ConfigMap") := [name |
	some name in array.concat(
		[name | name := volume.configMap.name],
		[name | some source in volume.projected.sources; name := source.configMap.name],
	)
	name != "kube-root-ca.crt"
]

sources(volume, "PersistentVolumeClaim") := [name | name := volume.persistentVolumeClaim.claimName]

# What the findings about a mount have in common.
finding(obj, mount, advice) := {
	"alertMessage": sprintf("%s mounts %s", [workload.container_label(obj, mount.container), workload.label(mount.object)]),
	"alertObject": {"k8sApiObjects": [obj]},
	"failedPaths": [mount.path],
	"reviewPaths": [mount.path],
	"deletePaths": [],
	"fixPaths": [],
	"noFix": advice,
	"relatedObjects": [{"object": mount.object}],
}
