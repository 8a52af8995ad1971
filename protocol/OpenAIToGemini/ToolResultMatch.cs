using GeminiBalance.Protocol.OpenAI;

namespace GeminiBalance.Protocol.OpenAIToGemini;

/// <summary>Finds each call's result: by id, else (agents rewrite ids) by name, else by position. Linear, however many there are.</summary>
internal sealed class ToolResultMatch
{
    private readonly Dictionary<string, Queue<int>> byId = [];
    private readonly Dictionary<string, Queue<int>> byName = [];
    private readonly Queue<int> nameless = new();
    private readonly HashSet<int> taken = [];

    /// <param name="from">Results count from here up to the next answer of the model.</param>
    public ToolResultMatch(IReadOnlyList<ChatMessage> messages, int from)
    {
        for (var i = from; i < messages.Count && messages[i].Role is not ChatRole.Assistant; i++)
        {
            if (messages[i].Role is not (ChatRole.Tool or ChatRole.Function))
            {
                continue;
            }

            Add(byId, messages[i].ToolCallId, i);
            if (messages[i].Name is { Length: > 0 } name)
            {
                Add(byName, name, i);
            }
            else
            {
                nameless.Enqueue(i);
            }
        }
    }

    /// <returns>For each call the message with its result, or null.</returns>
    public int?[] Of(List<PendingCall> calls)
    {
        var results = new int?[calls.Count];
        Assign(calls, results, call => byId.GetValueOrDefault(call.ClientId));
        Assign(calls, results, call => byName.GetValueOrDefault(call.ClientName));
        Assign(calls, results, _ => nameless);
        return results;
    }

    private static void Add(Dictionary<string, Queue<int>> index, string? key, int message)
    {
        if (string.IsNullOrEmpty(key))
        {
            return;
        }

        if (!index.TryGetValue(key, out var queue))
        {
            index[key] = queue = new Queue<int>();
        }

        queue.Enqueue(message);
    }

    private void Assign(List<PendingCall> calls, int?[] results, Func<PendingCall, Queue<int>?> candidates)
    {
        for (var i = 0; i < calls.Count; i++)
        {
            var queue = results[i] is null ? candidates(calls[i]) : null;
            while (results[i] is null && queue is { Count: > 0 })
            {
                var message = queue.Dequeue();
                results[i] = taken.Add(message) ? message : null;
            }
        }
    }
}
