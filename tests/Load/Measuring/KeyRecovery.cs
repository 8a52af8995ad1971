using GeminiBalance.Load.Driving;

namespace GeminiBalance.Load.Measuring;

/// <summary>How the keys of a killed silo come back, seen from outside: under demand for all of them, a key serves as soon as it may.</summary>
/// <param name="Keys">Keys that served before the kill.</param>
/// <param name="Missing">Those of them that have not served since.</param>
/// <param name="Late">Those that served again only after a full window: the silo's share.</param>
/// <param name="Last">How long after the kill the last of all served again.</param>
internal sealed record KeyRecovery(int Keys, int Missing, int Late, TimeSpan Last)
{
    /// <summary>A grant made before the kill may serve so much later.</summary>
    private static readonly TimeSpan GrantSlack = TimeSpan.FromSeconds(1);

    /// <summary>Any key that spent all it had just before is back after this time, wherever it lives.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(61);

    public static KeyRecovery Of(IEnumerable<Answer> answers, TimeSpan killedAt)
    {
        var before = new HashSet<string>();
        var after = new Dictionary<string, TimeSpan>();
        foreach (var answer in answers.Where(answer => answer is { Status: 200, KeyId: not null }))
        {
            if (answer.FirstByte <= killedAt)
            {
                before.Add(answer.KeyId!);
            }
            else if (answer.FirstByte > killedAt + GrantSlack && (!after.TryGetValue(answer.KeyId!, out var first) || answer.FirstByte < first))
            {
                after[answer.KeyId!] = answer.FirstByte;
            }
        }

        var back = before.Where(after.ContainsKey).Select(key => after[key] - killedAt).ToArray();
        return new KeyRecovery(before.Count, before.Count - back.Length, back.Count(time => time > Window), back.DefaultIfEmpty().Max());
    }
}
