namespace GeminiBalance.KeyPool;

/// <summary>A key in the pool.</summary>
internal abstract class PoolKey(ApiKey key, KeyProfile profile)
{
    private KeyLimitTable? ruleTable;
    private LimitRule? rule;

    public ApiKey Key { get; } = key;

    public KeyProfile Profile { get; set; } = profile;

    /// <summary>The small number that names it in queues; negative when it left the pool.</summary>
    public int Slot { get; set; } = -1;

    /// <summary>What a call that only this key can serve needs of it: the key's tags do not matter, unless the call names some.</summary>
    public KeyRequirement NeedsOf(LeaseRequest request) =>
        request.Needs.IsMetBy(Profile) || request.Needs.Kind != Profile.Kind || request.Needs.Tags.Count > 0 ? request.Needs : KeyRequirement.LeastOf(Profile);

    /// <summary>The key's own rule, looked up once per table: a look-up needs the key's tail as text.</summary>
    public LimitRule? RuleIn(KeyLimitTable table)
    {
        if (!ReferenceEquals(ruleTable, table))
        {
            (ruleTable, rule) = (table, table.FindKeyRule(Key));
        }

        return rule;
    }
}
