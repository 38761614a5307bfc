# METADATA
# title: Volumes of the node
# description: The hostPath volumes of a workload, and where its containers mount them.
package holdfast.lib.host_path

import data.holdfast.lib.workload
import rego.v1

# All of them: {"name", "path": the path on the node, "index": which of the pod's volumes it is}.
volumes(obj) := [{"name": entry.name, "path": path_of(entry.hostPath), "index": i} |
	some i, entry in workload.pod_spec(obj).volumes
]

path_of(source) := "/" if object.get(source, "path", null) == null

else := plain(source.path)

mounts(obj, name) := [mount_path(obj, list, i, j) |
	spec := workload.pod_spec(obj)
	some list in workload.container_lists
	some i, container in spec[list]
	some j, mount in container.volumeMounts
	mount.name == name
]

mount_path(obj, list, i, j) := sprintf("%s.volumeMounts[%d]", [workload.container_path(obj, list, i), j])

# One spelling for a path: /var//run/ is /var/run. Those of Windows stay as they are.
plain(path) := "/" if regex.match(`^/*$`, path)

else := trim_right(regex.replace(path, `/+`, "/"), "/")

# Whether a path is this file or folder, or leads to it through a folder that holds it, or lies inside.
exposes(path, target) if within(path, target)

exposes(path, target) if within(target, path)

within(inner, outer) if inner == outer

within(inner, outer) if startswith(inner, sprintf("%s/", [trim_right(outer, "/")]))

# A finding about a volume and all its mounts. What it mounts is for a person to take away: the application reads it.
finding(obj, volume, message, remedy) := {
	"alertMessage": sprintf("%s %s", [workload.label(obj), message]),
	"alertObject": {"k8sApiObjects": [obj]},
	"reviewPaths": array.concat([sprintf("%s.volumes[%d]", [workload.pod_path(obj), volume.index])], mounts(obj, volume.name)),
	"noFix": remedy,
}
