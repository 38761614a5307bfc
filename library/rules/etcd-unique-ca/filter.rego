# METADATA
# title: Members of etcd with their API servers
# description: Counts the pods of etcd and of the API server as judged where both are known.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process

deny contains control_plane_process.judged(process) if {
	api_servers := control_plane_process.of("kube-apiserver")
	members := control_plane_process.etcd
	count(api_servers) > 0
	count(members) > 0
	some process in array.concat(api_servers, members)
}
