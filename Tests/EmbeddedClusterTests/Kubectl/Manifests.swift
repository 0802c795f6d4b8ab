/// Objects that many tests create.
enum Manifests {
    /// A Deployment with two variables, its Service, and a ConfigMap with two values.
    static let web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, labels: {app: web}}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: web
                image: nginx:1
                ports: [{containerPort: 80}]
                env: [{name: A, value: "1"}, {name: B, value: "2"}]
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, labels: {app: web}}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, labels: {app: web}}
        data: {a: "1", b: "2"}
        """

    /// The same with one variable and one value.
    static let smallerWeb = web.replacing(", {name: B, value: \"2\"}", with: "").replacing("a: \"1\", ", with: "")

    static func configMap(_ name: String, _ data: String) -> String {
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: \(name)}\ndata: {\(data)}\n"
    }

    /// A kind of a user's own, with columns, a short name, and the subresources status and scale.
    static let crontabs = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: crontabs.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {plural: crontabs, singular: crontab, kind: CronTab, shortNames: [ct], categories: [all]}
          versions:
          - name: v1
            served: true
            storage: true
            subresources:
              status: {}
              scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
            additionalPrinterColumns:
            - {name: Spec, type: string, jsonPath: .spec.cronSpec}
            - {name: Replicas, type: integer, jsonPath: .spec.replicas}
            - {name: Image, type: string, jsonPath: .spec.image, priority: 1}
            schema:
              openAPIV3Schema:
                type: object
                description: Something that is done again and again.
                properties:
                  spec:
                    type: object
                    required: [cronSpec]
                    properties:
                      cronSpec: {type: string, description: When it is done., minLength: 3}
                      image: {type: string}
                      replicas: {type: integer, default: 1, minimum: 0}
                  status:
                    type: object
                    properties:
                      replicas: {type: integer}
                      phase: {type: string}
        """

    static func crontab(_ name: String, _ spec: String = "cronSpec: '* * * * */5'") -> String {
        "apiVersion: example.com/v1\nkind: CronTab\nmetadata: {name: \(name)}\nspec: {\(spec)}\n"
    }
}
