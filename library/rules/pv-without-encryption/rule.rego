# METADATA
# title: Volumes that are not encrypted
# description: PersistentVolumes for which neither their storage class nor the kind of their storage shows that they are encrypted.
# scope: package
# custom:
#   kinds: [PersistentVolume, storage.k8s.io/StorageClass]
package armo_builtins

import data.holdfast.lib.workload
import rego.v1

deny contains finding if {
	some obj in input
	obj.kind == "PersistentVolume"
	not encrypted_by_class(obj)
	not encrypted_by_kind(obj)
	finding := {
		"alertMessage": sprintf("nothing shows that %s is encrypted", [workload.label(obj)]),
		"alertObject": {"k8sApiObjects": [obj]},
		"fixPaths": [{
			"path": "spec.storageClassName",
			"choose": "a class that encrypts. The storage class of a volume can't be changed: make a new volume, and move the data",
			"value": "<your encrypted storage class>",
		}],
	}
}

encrypted_by_class(volume) if {
	some class in input
	class.kind == "StorageClass"
	class.metadata.name == volume.spec.storageClassName
	encrypts(class)
}

# EBS, Ceph and Longhorn say `encrypted`, Portworx says `secure`.
encrypts(class) if {
	some parameter in ["encrypted", "secure"]
	lower(sprintf("%v", [class.parameters[parameter]])) == "true"
}

encrypts(class) if always_encrypted(class.provisioner)

encrypted_by_kind(volume) if always_encrypted(volume.spec.csi.driver)

encrypted_by_kind(volume) if {
	some source in ["gcePersistentDisk", "azureDisk", "azureFile"]
	volume.spec[source] != null
}

# Google and Azure encrypt all disks and file shares, with keys of their own where no other is named.
always_encrypted(driver) if driver in {
	"pd.csi.storage.gke.io",
	"filestore.csi.storage.gke.io",
	"kubernetes.io/gce-pd",
	"disk.csi.azure.com",
	"file.csi.azure.com",
	"blob.csi.azure.com",
	"kubernetes.io/azure-disk",
	"kubernetes.io/azure-file",
}
