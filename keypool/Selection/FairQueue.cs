namespace GeminiBalance.KeyPool;

/// <summary>Waiting items of several owners: in turn between owners, in order of arrival for one owner.</summary>
internal sealed class FairQueue<T>
    where T : class
{
    private readonly Dictionary<string, LinkedListNode<FairLine<T>>> lines = new(StringComparer.Ordinal);
    private readonly LinkedList<FairLine<T>> turns = [];

    public int Count { get; private set; }

    public FairTicket<T> Enqueue(string owner, T item)
    {
        if (!lines.TryGetValue(owner, out var line))
        {
            line = turns.AddLast(new FairLine<T>(owner));
            lines.Add(owner, line);
        }

        Count++;
        return new FairTicket<T>(line, line.Value.Items.AddLast(item));
    }

    /// <summary>Puts an item that had its turn in vain back to where it came from: it is its owner's first again.</summary>
    public FairTicket<T> Return(string owner, T item)
    {
        if (!lines.TryGetValue(owner, out var line))
        {
            line = turns.AddFirst(new FairLine<T>(owner));
            lines.Add(owner, line);
        }

        Count++;
        return new FairTicket<T>(line, line.Value.Items.AddFirst(item));
    }

    /// <summary>Takes an item out, wherever it stands.</summary>
    public void Remove(in FairTicket<T> ticket)
    {
        ticket.Line.Value.Items.Remove(ticket.Item);
        Count--;
        DropIfEmpty(ticket.Line);
    }

    /// <summary>Offers every item in fair order. An owner that was served goes to the end of the turns; one that could not be keeps its place.</summary>
    public void Serve(Func<T, ServeResult> offer)
    {
        var line = turns.First;
        while (line is not null)
        {
            var result = ServeOne(line.Value, offer);
            if (result == ServeResult.Stop)
            {
                return;
            }

            var next = line.Next;
            if (result == ServeResult.Served)
            {
                turns.Remove(line);
                turns.AddLast(line);
                DropIfEmpty(line);
                next ??= turns.Last == line ? line : null;
            }

            line = next;
        }
    }

    private ServeResult ServeOne(FairLine<T> line, Func<T, ServeResult> offer)
    {
        for (var item = line.Items.First; item is not null; item = item.Next)
        {
            var result = offer(item.Value);
            if (result == ServeResult.Served)
            {
                line.Items.Remove(item);
                Count--;
            }

            if (result != ServeResult.Skipped)
            {
                return result;
            }
        }

        return ServeResult.Skipped;
    }

    private void DropIfEmpty(LinkedListNode<FairLine<T>> line)
    {
        if (line.Value.Items.Count == 0)
        {
            turns.Remove(line);
            lines.Remove(line.Value.Owner);
        }
    }
}
