using System.Reflection;
using GeminiBalance.Grains.Keys;
using GeminiBalance.KeyPool;

namespace GeminiBalance.Grains.Tests.Contracts;

/// <summary>Everything that processes of different releases must agree on, as text: names on the wire, field numbers and types, methods.</summary>
internal static class ContractText
{
    /// <summary>What travels, or is stored, as a number.</summary>
    private static readonly Type[] Numbers = [typeof(CallOutcomeKind), typeof(KeyDenialReason), typeof(KeyState), typeof(QuotaKind)];

    private static readonly Assembly[] Assemblies = [typeof(IApiKeyGrain).Assembly, typeof(ApiKeyGrain).Assembly];

    public static IReadOnlyList<Type> Interfaces { get; } =
        [.. Types(type => type.IsInterface && type.GetInterfaces().Any(parent => parent.FullName == "Orleans.Runtime.IAddressable"))];

    public static IReadOnlyList<Type> Messages { get; } = [.. Types(type => Has(type, "GenerateSerializerAttribute"))];

    private static IEnumerable<Type> Grains => Types(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Grain)));

    public static string Write()
    {
        var lines = new List<string>();
        foreach (var type in Interfaces.OrderBy(Alias, StringComparer.Ordinal))
        {
            lines.Add($"interface {Alias(type)} : {type.GetInterfaces().Select(parent => parent.Name).Where(name => name.StartsWith("IGrain", StringComparison.Ordinal)).Max()}");
            lines.AddRange(type.GetMethods().OrderBy(Alias, StringComparer.Ordinal).Select(Method));
        }

        foreach (var type in Messages.OrderBy(Alias, StringComparer.Ordinal))
        {
            lines.Add($"{(IsRecord(type) ? "record " : "")}{(type.IsEnum ? "enum" : type.IsValueType ? "struct" : "class")} {Alias(type)}{(Has(type, "ImmutableAttribute") ? " immutable" : "")}");
            lines.AddRange(type.IsEnum
                ? Enum.GetValues(type).Cast<object>().Select(value => $"  {Convert.ToInt32(value)} {value}")
                : Fields(type).OrderBy(Id).Select(field => $"  {Id(field)} {field.Name} {Name(TypeOf(field))}"));
        }

        foreach (var type in Numbers)
        {
            lines.Add($"numbers {type.Name}");
            lines.AddRange(Enum.GetValues(type).Cast<object>().Select(value => $"  {Convert.ToInt32(value)} {value}"));
        }

        lines.AddRange(Grains.Select(type => $"grain {Argument(type, "GrainTypeAttribute")} : {string.Join(", ", Interfaces.Where(type.IsAssignableTo).Select(Alias))}").Order(StringComparer.Ordinal));
        return string.Join('\n', lines) + "\n";
    }

    public static string? Alias(MemberInfo member) => Argument(member, "AliasAttribute") as string;

    /// <summary>Fields and properties that could travel.</summary>
    public static IEnumerable<MemberInfo> Members(Type type) => type.IsAssignableTo(typeof(Exception)) || type.IsEnum ? [] : type
        .GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.DeclaredOnly).Where(property => property.CanWrite);

    public static object? Id(MemberInfo member) => Argument(member, "IdAttribute");

    private static IEnumerable<MemberInfo> Fields(Type type) => Members(type).Where(member => Id(member) is not null);

    // On the wire a record differs from a class or struct with the same fields.
    private static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public) is not null;

    private static string Method(MethodInfo method)
    {
        var parameters = string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));
        var isOneWay = Has(method, "OneWayAttribute") ? " one way" : "";
        return $"  {Alias(method)}({parameters}) -> {Name(method.ReturnType)}{isOneWay}";
    }

    private static string Name(Type type) =>
        Nullable.GetUnderlyingType(type) is { } value ? Name(value) + "?"
        : type.IsArray ? Name(type.GetElementType()!) + "[]"
        : type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GenericTypeArguments.Select(Name))}>"
        : Alias(type) ?? type.Name;

    private static Type TypeOf(MemberInfo member) => ((PropertyInfo)member).PropertyType;

    private static IEnumerable<Type> Types(Func<Type, bool> which) =>
        Assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.Namespace?.StartsWith("GeminiBalance", StringComparison.Ordinal) == true && which(type));

    private static bool Has(MemberInfo member, string attribute) => member.CustomAttributes.Any(data => data.AttributeType.Name == attribute);

    private static object? Argument(MemberInfo member, string attribute) =>
        member.CustomAttributes.FirstOrDefault(data => data.AttributeType.Name == attribute)?.ConstructorArguments[0].Value;
}
