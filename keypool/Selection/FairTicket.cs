namespace GeminiBalance.KeyPool;

/// <summary>An item's place in a <see cref="FairQueue{T}"/>.</summary>
internal readonly record struct FairTicket<T>(LinkedListNode<FairLine<T>> Line, LinkedListNode<T> Item)
    where T : class;
