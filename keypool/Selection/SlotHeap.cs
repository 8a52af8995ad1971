namespace GeminiBalance.KeyPool;

/// <summary>A binary heap of slots (small numbers that name keys) ordered by a number, in which any slot can be found, moved and removed. O(log n).</summary>
internal sealed class SlotHeap
{
    private const int Absent = -1;
    private int[] heap = [];
    private int[] positions = [];
    private long[] ranks = [];

    public int Count { get; private set; }

    public bool Contains(int slot) => slot < positions.Length && positions[slot] != Absent;

    /// <summary>The number a slot has or last had here; zero when it was never here.</summary>
    public long RankOf(int slot) => slot < ranks.Length ? ranks[slot] : 0;

    public int First => heap[0];

    public long FirstRank => ranks[heap[0]];

    public void Reserve(int slots)
    {
        if (positions.Length >= slots)
        {
            return;
        }

        var old = positions.Length;
        Array.Resize(ref heap, slots);
        Array.Resize(ref ranks, slots);
        Array.Resize(ref positions, slots);
        Array.Fill(positions, Absent, old, slots - old);
    }

    /// <summary>Adds the slot, or moves it when it is there.</summary>
    public void Put(int slot, long rank)
    {
        if (slot >= positions.Length)
        {
            Reserve(Math.Max(slot + 1, 2 * positions.Length));
        }

        ranks[slot] = rank;
        if (positions[slot] == Absent)
        {
            Place(slot, Count++);
        }

        SiftUp(positions[slot]);
        SiftDown(positions[slot]);
    }

    public void Remove(int slot)
    {
        if (!Contains(slot))
        {
            return;
        }

        var hole = positions[slot];
        positions[slot] = Absent;
        var last = heap[--Count];
        if (last == slot)
        {
            return;
        }

        Place(last, hole);
        SiftUp(hole);
        SiftDown(positions[last]);
    }

    /// <summary>Forgets the number of a slot that changes hands.</summary>
    public void Forget(int slot)
    {
        Remove(slot);
        if (slot < ranks.Length)
        {
            ranks[slot] = 0;
        }
    }

    private void SiftUp(int position)
    {
        var slot = heap[position];
        var rank = ranks[slot];
        while (position > 0)
        {
            var parent = (position - 1) / 2;
            if (ranks[heap[parent]] <= rank)
            {
                break;
            }

            Place(heap[parent], position);
            position = parent;
        }

        Place(slot, position);
    }

    private void SiftDown(int position)
    {
        var slot = heap[position];
        var rank = ranks[slot];
        while (true)
        {
            var child = (2 * position) + 1;
            if (child >= Count)
            {
                break;
            }

            child += child + 1 < Count && ranks[heap[child + 1]] < ranks[heap[child]] ? 1 : 0;
            if (ranks[heap[child]] >= rank)
            {
                break;
            }

            Place(heap[child], position);
            position = child;
        }

        Place(slot, position);
    }

    private void Place(int slot, int position) => (heap[position], positions[slot]) = (slot, position);
}
