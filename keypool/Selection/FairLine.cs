namespace GeminiBalance.KeyPool;

/// <summary>The waiting items of one owner, in order of arrival.</summary>
internal sealed class FairLine<T>(string owner)
{
    public string Owner { get; } = owner;

    public LinkedList<T> Items { get; } = [];
}
