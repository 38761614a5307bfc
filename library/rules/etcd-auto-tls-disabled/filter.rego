# METADATA
# title: etcd members
# description: Counts the pods that run an etcd member of the cluster as judged.
# scope: package
package armo_builtins

import rego.v1

import data.holdfast.lib.control_plane_process

deny contains control_plane_process.judged(process) if some process in control_plane_process.etcd
