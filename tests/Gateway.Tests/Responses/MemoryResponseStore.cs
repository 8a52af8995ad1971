using GeminiBalance.Gateway.Responses;

namespace GeminiBalance.Gateway.Tests.Responses;

/// <summary>Keeps responses in memory, and fails when it is told to.</summary>
internal sealed class MemoryResponseStore : IResponseStore
{
    public Dictionary<(string Owner, string Id), KeptResponse> Kept { get; } = [];

    /// <summary>Thrown by every use.</summary>
    public Exception? Failure { get; set; }

    public List<string> Used { get; } = [];

    /// <summary>The ids of every reading.</summary>
    public List<string> Read { get; } = [];

    /// <summary>By how much each response is said to be larger than it is.</summary>
    public long MoreBytes { get; set; }

    public ValueTask<bool> WriteAsync(KeptResponse response, IReadOnlyCollection<string> used, ResponseBounds bounds, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        Kept.Add((response.Owner, response.Id), response);
        Used.AddRange(used);
        return new(true);
    }

    public ValueTask<bool> TryReplaceAsync(KeptResponse from, DateTimeOffset usedAt, byte[]? body, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        if (Kept.GetValueOrDefault((from.Owner, from.Id)) is not { } row || row.UsedAt != from.UsedAt)
        {
            return new(false);
        }

        Kept[(from.Owner, from.Id)] = row with { UsedAt = usedAt, Body = body ?? row.Body };
        return new(true);
    }

    public ValueTask<IReadOnlyList<KeptResponse>> ReadAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        Read.AddRange(ids);
        return new([.. ids.Select(id => Kept.GetValueOrDefault((owner, id))).OfType<KeptResponse>()]);
    }

    public ValueTask<long> SizeAsync(string owner, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        return new(ids.Select(id => Kept.GetValueOrDefault((owner, id))).Sum(response => (response?.Body.Length ?? 0L) + MoreBytes));
    }

    public ValueTask<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken)
    {
        ThrowIfFailing();
        return new(Kept.Remove((owner, id)));
    }

    public ValueTask<int> DeleteUnusedAsync(DateTimeOffset since, int rowsMax, CancellationToken cancellationToken)
    {
        var unused = Kept.Where(entry => entry.Value.UsedAt < since).Take(rowsMax).Select(entry => entry.Key).ToList();
        unused.ForEach(key => Kept.Remove(key));
        return new(unused.Count);
    }

    private void ThrowIfFailing()
    {
        if (Failure is not null)
        {
            throw Failure;
        }
    }
}
