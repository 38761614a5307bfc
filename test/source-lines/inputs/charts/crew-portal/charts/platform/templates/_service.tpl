{{- define "platform.service" }}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "platform.name" . }}
spec:
  type: LoadBalancer
  selector:
    app.kubernetes.io/name: {{ .Chart.Name }}
  ports:
    - port: 80
      targetPort: {{ .Values.port }}
    - name: ssh
      port: 22
      targetPort: 2222
{{- end -}}
