# METADATA
# title: Sockets of the container runtime in pods
# description: Workloads with a volume that holds the socket of Docker, containerd, CRI-O or Podman.
# scope: package
# custom:
#   kinds: [Pod, ReplicationController, apps/Deployment, apps/ReplicaSet, apps/DaemonSet, apps/StatefulSet, batch/Job, batch/CronJob]
package armo_builtins

import data.holdfast.lib.host_path
import rego.v1

deny contains finding if {
	some obj in input
	some volume in host_path.volumes(obj)
	holds_socket(volume.path)
	message := sprintf("has %s of its node in volume %v, through which it commands the container runtime", [volume.path, volume.name])
	finding := host_path.finding(obj, volume, message, "An agent that asks the runtime has to find out another way: the kubelet's API, cgroups, or a build tool that needs no daemon.")
}

# Wherever the distribution keeps it, such as k3s in /run/k3s/containerd.
holds_socket(path) if {
	parts := split(path, "/")
	count(parts) > 1
	parts[count(parts) - 1] in {"docker.sock", "cri-dockerd.sock", "dockershim.sock", "containerd.sock", "crio.sock", "podman.sock"}
}

# The pipes of Windows.
holds_socket(path) if regex.match(`\\pipe\\(docker_engine|containerd-containerd)$`, path)

# The folders that are there for nothing else.
holds_socket(path) if {
	folder := trim_prefix(path, "/var")
	folder in {"/run/docker", "/run/containerd", "/run/crio", "/run/podman", "/run/k3s/containerd"}
}
