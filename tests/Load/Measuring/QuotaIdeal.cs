namespace GeminiBalance.Load.Measuring;

/// <summary>What nobody can beat: a perfect scheduler that knows the upstream's clock, sends without delay and needs no safety margin.</summary>
internal static class QuotaIdeal
{
    /// <summary>The upstream's window.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How many of the requests of a steady timetable can be sent within the run when every one waits at most so long, in order of arrival, and no token is used
    /// twice within 60 s. Tokens start unused. Which key a token belongs to makes no difference.
    /// </summary>
    /// <param name="tokens">The sum of all keys' requests per minute.</param>
    /// <param name="requestsPerSecond">The timetable.</param>
    /// <param name="run">Only what is sent before its end counts.</param>
    /// <param name="waitMax">How long a request waits for a token.</param>
    public static int Served(int tokens, double requestsPerSecond, TimeSpan run, TimeSpan waitMax)
    {
        var freeAt = new Queue<TimeSpan>(Enumerable.Repeat(TimeSpan.Zero, tokens));
        var served = 0;
        for (var i = 0; TimeSpan.FromSeconds(i / requestsPerSecond) is var due && due < run; i++)
        {
            var sent = due > freeAt.Peek() ? due : freeAt.Peek();
            if (sent - due > waitMax)
            {
                continue;
            }

            freeAt.Dequeue();
            freeAt.Enqueue(sent + Window);
            served += sent < run ? 1 : 0;
        }

        return served;
    }
}
