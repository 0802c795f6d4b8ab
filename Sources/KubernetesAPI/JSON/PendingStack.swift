/// Values that wait for the end of the container that they belong to.
struct PendingStack<Element>: ~Copyable {
    private var storage: UnsafeMutablePointer<Element>
    private var capacity = 64
    private(set) var count = 0

    init() { storage = .allocate(capacity: capacity) }

    deinit {
        storage.deinitialize(count: count)
        storage.deallocate()
    }

    mutating func push(_ element: consuming Element) {
        if count == capacity {
            let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: storage, count: count)
            storage.deallocate()
            storage = larger
            capacity *= 2
        }
        (storage + count).initialize(to: element)
        count += 1
    }

    subscript(position: Int) -> Element { _read { yield storage[position] } }

    mutating func drop(downTo mark: Int) {
        (storage + mark).deinitialize(count: count - mark)
        count = mark
    }

    /// Moves the elements above `mark` into an array of exactly their number.
    mutating func pop(downTo mark: Int) -> [Element] {
        // `init(unsafeUninitializedCapacity:)` would move them in one go, but allocates in generic code of the library, which costs more than these appends.
        var array: [Element] = []
        array.reserveCapacity(count - mark)
        for position in mark..<count { array.append((storage + position).move()) }
        count = mark
        return array
    }
}
